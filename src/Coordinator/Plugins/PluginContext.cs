using System.Reflection;
using System.Runtime.Loader;

namespace Nudge.Plugins;

/// <summary>
/// Loads a plug-in and what it depends on. What this program has itself comes from the program, so that both mean the same
/// types; all else lies beside the plug-in.
/// </summary>
internal sealed class PluginContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    private readonly AssemblyDependencyResolver _resolver = new(file);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        try
        {
            // Without its version: a plug-in may have been built with an older one.
            return Default.LoadFromAssemblyName(new(assemblyName.Name!));
        }
        catch (FileNotFoundException)
        {
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
