using System.ComponentModel.DataAnnotations;

namespace Nudge.Experiments;

/// <summary>The weights that a network begins with, where they are not drawn from the seed.</summary>
public sealed record InitSettings
{
    /// <summary>
    /// An .npz file with the arrays that weights.npz has: NAME, targets × sources, for each projection, NAME.forward and NAME.backward for
    /// one that is bidirectional, and NAME.bias for each population with biases. One array NAME gives both directions of a bidirectional
    /// projection. A relative path is taken from the folder in which the program is started, and ~ is the home folder.
    /// </summary>
    public required string File { get; init; }

    /// <summary>
    /// The SHA-256 that the file must have; without it, any. The files of a run have it, so that a resumed or repeated run refuses another
    /// file.
    /// </summary>
    [RegularExpression("^[0-9a-f]{64}$")]
    public string? Sha256 { get; init; }

    /// <summary>
    /// Whether the file may lack arrays, whose weights are then drawn from the seed as without a file, and may have others, which are not
    /// read. Otherwise both are errors.
    /// </summary>
    public bool Partial { get; init; }
}
