namespace Nudge.Runs;

/// <summary>A whole run in virtual time, to be made by one node.</summary>
/// <param name="Experiment">The experiment file, defaults filled in, its seed among them.</param>
/// <param name="VariancePhases">Phases for each b of a measurement of the variance; 0 for a run judged at its end.</param>
/// <param name="Data">Names the very data to make it with; empty where they follow from the experiment.</param>
public sealed record RunOrder(string Experiment, int VariancePhases = 0, string Data = "");
