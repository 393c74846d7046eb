namespace Nudge.Reproductions;

/// <summary>The axis along which arms are measured, and what theory predicts on it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Grid">Where predicted curves are drawn, ascending.</param>
/// <param name="Curves">The curves, in the order of the legend.</param>
public sealed record TheoryAxis(string Label, IReadOnlyList<double> Grid, IReadOnlyList<TheoryCurve> Curves)
{
    /// <summary>Whether equal factors are equally far apart.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>What theory predicts for the arms of one series.</summary>
/// <param name="Series">The series; a curve to which no arm belongs is an approximation that is drawn beside them.</param>
/// <param name="Predict">The values at places along the axis.</param>
public sealed record TheoryCurve(string Series, Func<IReadOnlyList<double>, IReadOnlyList<double>> Predict);
