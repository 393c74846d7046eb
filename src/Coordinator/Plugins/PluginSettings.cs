using System.ComponentModel.DataAnnotations;

namespace Nudge.Plugins;

/// <summary>An assembly whose definitions join the catalogue: its path by itself, or with the hash that it must have.</summary>
public sealed record PluginSettings
{
    /// <summary>The assembly. A relative path is taken from the folder of the experiment file.</summary>
    public required string File { get; init; }

    /// <summary>
    /// The SHA-256 that the file must have; without it, any. The files of a run have it, so that a resumed or repeated run
    /// refuses another build.
    /// </summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public string? Sha256 { get; init; }
}
