using System.Reflection;

namespace Nudge.Reports;

/// <summary>The style sheets and scripts of pages, which travel inside the program.</summary>
internal static class PageAssets
{
    private const string Folder = "page/";

    /// <summary>A file; null where there is none of that name.</summary>
    internal static Stream? Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name);

    /// <summary>The text of a file that is there.</summary>
    internal static string Text(string name)
    {
        using var reader = new StreamReader(
            Open(name) ?? throw new ArgumentException($"there is no file {name} for pages", nameof(name)));
        return reader.ReadToEnd();
    }
}
