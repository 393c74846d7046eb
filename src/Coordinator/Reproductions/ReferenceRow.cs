namespace Nudge.Reproductions;

/// <summary>A row of a file of reference values.</summary>
/// <param name="Reproduction">Name of the reproduction.</param>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Seed">The seed there, as written; empty for a published number.</param>
/// <param name="Value">The value of the reproduction's measure.</param>
/// <param name="Source">Where the file is from.</param>
public sealed record ReferenceRow(string Reproduction, string Arm, string Seed, double Value, string Source);
