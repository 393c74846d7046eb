using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using Nudge.Catalogue;

namespace Nudge.Plugins;

/// <summary>
/// An outside assembly with definitions, as it was loaded. One build is loaded once in a process, from wherever it is named,
/// so that its types are the same everywhere.
/// </summary>
internal sealed class Plugin
{
    private const int LargestBytes = 64 << 20;

    // By content, which never changes: one hash means the same types everywhere.
    private static readonly ConcurrentDictionary<string, Plugin> Loaded = new(StringComparer.Ordinal);

    private Plugin(string file, string sha256, Assembly assembly)
    {
        File = file;
        Sha256 = sha256;
        Assembly = assembly;
    }

    /// <summary>The file that it was first loaded from.</summary>
    internal string File { get; }

    /// <summary>Hash of the file, in small hexadecimal digits.</summary>
    internal string Sha256 { get; }

    internal Assembly Assembly { get; }

    /// <summary>The documentation of its members, which need not exist.</summary>
    internal string DocumentationFile => Path.ChangeExtension(File, ".xml");

    /// <summary>The plug-in of an assembly; null for an assembly of the program itself.</summary>
    internal static Plugin? Of(Assembly assembly) => Loaded.Values.FirstOrDefault(one => one.Assembly == assembly);

    /// <summary>The plug-in of a hash, which has been loaded in this process.</summary>
    internal static Plugin OfHash(string sha256) => Loaded[sha256];

    /// <summary>Loads a plug-in.</summary>
    /// <param name="file">The assembly.</param>
    /// <param name="sha256">The hash that it must have; null for any.</param>
    /// <exception cref="PluginException">It cannot be used.</exception>
    internal static Plugin Load(string file, string? sha256)
    {
        byte[] bytes = Read(file);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (sha256 is not null && sha256 != hash)
            throw new PluginException($"{file} is another build: its SHA-256 is {hash}; expected {sha256}");
        if (Loaded.TryGetValue(hash, out Plugin? known))
            return known;
        lock (Loaded)
        {
            return Loaded.TryGetValue(hash, out known) ? known : Loaded[hash] = new(file, hash, AssemblyOf(file, bytes));
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LargestBytes
                ? System.IO.File.ReadAllBytes(file)
                : throw new PluginException($"{file} is larger than {LargestBytes >> 20} MiB; expected the assembly of a plug-in");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PluginException($"{file} cannot be read: {error.Message}", error);
        }
    }

    // From its bytes and not its file: a file that is built again while a run goes on would change under the running code.
    private static Assembly AssemblyOf(string file, byte[] bytes)
    {
        try
        {
            using var code = new MemoryStream(bytes);
            using MemoryStream? symbols = SymbolsOf(file);
            Assembly assembly = new PluginContext(file).LoadFromStream(code, symbols);
            RequireKnownVersions(file, assembly);
            if (DefinitionCatalogue.Of(assembly).All<IDefinition>().Count == 0)
                throw new PluginException($"{file} defines nothing; expected a model, rule, law, data set or placement");
            return assembly;
        }
        catch (BadImageFormatException error)
        {
            throw new PluginException($"{file} is no .NET assembly", error);
        }
        catch (ReflectionTypeLoadException error)
        {
            throw Unsuitable(file, error.LoaderExceptions.FirstOrDefault() ?? error);
        }
        catch (TargetInvocationException error)
        {
            throw Unsuitable(file, error.InnerException ?? error);
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or TypeLoadException
            or MissingMemberException or ArgumentException)
        {
            throw Unsuitable(file, error);
        }
    }

    private static MemoryStream? SymbolsOf(string file)
    {
        string symbols = Path.ChangeExtension(file, ".pdb");
        return System.IO.File.Exists(symbols) ? new(System.IO.File.ReadAllBytes(symbols)) : null;
    }

    private static void RequireKnownVersions(string file, Assembly assembly)
    {
        Version own = typeof(DefinitionCatalogue).Assembly.GetName().Version!;
        AssemblyName? newer = assembly.GetReferencedAssemblies()
            .FirstOrDefault(one => one.Name!.StartsWith("Nudge.", StringComparison.Ordinal) && one.Version > own);
        if (newer is not null)
            throw new PluginException($"{file} was built with {newer.Name} {newer.Version}; this program has {own}, expected the same or a newer one");
    }

    private static PluginException Unsuitable(string file, Exception error) =>
        new($"{file} cannot be used with this program: {error.Message}", error);
}
