namespace Nudge.Truth;

/// <summary>One reading of the truth meter.</summary>
/// <param name="Phases">Phases that could teach and were recorded.</param>
/// <param name="Examples">Examples over which the exact gradient was taken.</param>
/// <param name="All">All connections that learn.</param>
/// <param name="CostCosine">Of the angle between E u and the descent of the cost; null where the reference of the model has no cost.</param>
/// <param name="Parts">By projection, and by population for its biases.</param>
public sealed record TruthReading(
    long Phases,
    int Examples,
    TruthFigures All,
    double? CostCosine,
    IReadOnlyDictionary<string, TruthFigures> Parts);
