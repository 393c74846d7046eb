using System.Globalization;
using System.Reflection;

namespace Nudge.Experiments;

/// <summary>An experiment, read and found fit to run.</summary>
/// <param name="Settings">Its settings, every default filled in.</param>
/// <param name="Warnings">What will probably not work as hoped.</param>
/// <param name="Text">The file as written.</param>
/// <param name="Source">Its name.</param>
public sealed record LoadedExperiment(
    ExperimentSettings Settings, IReadOnlyList<Problem> Warnings, string Text, string Source);

/// <summary>Reads experiment files.</summary>
public static class ExperimentFile
{
    /// <summary>The experiment that runs when none is named.</summary>
    public const string Default = "digits";

    private const string ResourcePrefix = "experiments/";

    /// <summary>Names of the experiments inside the program.</summary>
    public static IReadOnlyList<string> Embedded { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[ResourcePrefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a file, or the embedded experiment of that name where there is no such file.</summary>
    /// <param name="nameOrPath">Path of a file, or a name among <see cref="Embedded"/>.</param>
    /// <param name="overrides">Each <c>path=value</c>.</param>
    /// <param name="seed">A seed in place of the file's, or null.</param>
    /// <exception cref="ExperimentException">The file is missing or wrong; all that is wrong is listed.</exception>
    public static LoadedExperiment Load(string nameOrPath, IReadOnlyList<string> overrides, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        ArgumentNullException.ThrowIfNull(overrides);
        return Parse(nameOrPath, ReadText(nameOrPath), overrides, seed);
    }

    /// <summary>Reads an experiment from its text.</summary>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="text">The YAML.</param>
    /// <param name="overrides">Each <c>path=value</c>.</param>
    /// <param name="seed">A seed in place of the text's, or null.</param>
    /// <exception cref="ExperimentException">The text is wrong; all that is wrong is listed.</exception>
    public static LoadedExperiment Parse(string source, string text, IReadOnlyList<string> overrides, ulong? seed)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        SourceTree tree = SourceTree.Parse(source, text);
        foreach (string assignment in overrides)
            tree.Override(assignment);
        if (seed is ulong value)
            tree.Override($"seed={value.ToString(CultureInfo.InvariantCulture)}");
        var binder = new SettingsBinder(tree);
        ExperimentSettings settings = binder.Bind() ?? throw new ExperimentException(binder.Problems);
        var check = new ExperimentCheck(settings, binder.PlaceOf);
        check.Run();
        return check.Errors.Count == 0
            ? new(settings, check.Warnings, text, source)
            : throw new ExperimentException(check.Errors);
    }

    private static string ReadText(string nameOrPath)
    {
        if (!File.Exists(nameOrPath) && Embedded.Contains(nameOrPath))
        {
            using Stream stream = Assembly.GetExecutingAssembly()
                .GetManifestResourceStream($"{ResourcePrefix}{nameOrPath}.yaml")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }

        try
        {
            return File.ReadAllText(nameOrPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ExperimentException(
            [
                new(nameOrPath, "", "no such experiment; expected a YAML file that can be read, or one of "
                    + string.Join(", ", Embedded)),
            ]);
        }
    }
}
