using System.Globalization;

namespace Nudge.Recording;

/// <summary>One row of metrics.csv.</summary>
/// <param name="Presentations">Stimuli shown so far.</param>
/// <param name="SimulatedTau">Time that has passed for the network, in τ.</param>
/// <param name="Phases">Phases begun so far.</param>
/// <param name="RunningAccuracy">Share of correct answers in training of late, or not-a-number.</param>
/// <param name="Accuracy">Share of correct answers of an evaluation made here, or null.</param>
/// <param name="Examples">Held-out examples of that evaluation.</param>
/// <param name="LearnedPositive">Updates learned with positive importance, by all populations.</param>
/// <param name="LearnedNegative">With negative importance.</param>
/// <param name="Gated">Held back by the coherence gate.</param>
/// <param name="B">The b that the present phase was drawn with.</param>
/// <param name="WallSeconds">Wall time so far; the only column that two runs of one seed do not share.</param>
public sealed record MetricsRow(
    long Presentations,
    double SimulatedTau,
    long Phases,
    double RunningAccuracy,
    double? Accuracy,
    int Examples,
    long LearnedPositive,
    long LearnedNegative,
    long Gated,
    double B,
    double WallSeconds)
{
    internal const string Header = "presentations,simulatedTau,phases,runningAccuracy,accuracy,examples,"
        + "learnedPositive,learnedNegative,gated,b,energy,symmetry,phaseLag,staleness,"
        + "undecided,saturated,dead,updateNorm,wallSeconds";

    // Columns of versions that had no undecided answers and no units.
    private const int FewerColumns = 15;

    /// <summary>The network's energy at this moment (theory §4).</summary>
    public double? Energy { get; init; }

    /// <summary>Mean of cos(W, Wᵀ) over bidirectional projections; null where there is none.</summary>
    public double? Symmetry { get; init; }

    /// <summary>Share of all steps so far made in a phase that the coordinator had left; virtual time only.</summary>
    public double? PhaseLag { get; init; }

    /// <summary>Mean age, so far, of the activity that was learned from, in τ.</summary>
    public double? Staleness { get; init; }

    /// <summary>Held-out examples of the evaluation made here that were answered by no class, or null.</summary>
    public int? Undecided { get; init; }

    /// <summary>Share of the hidden units that are saturated; null where it is not known.</summary>
    public double? Saturated { get; init; }

    /// <summary>Share of the hidden units that are dead; null where it is not known.</summary>
    public double? Dead { get; init; }

    /// <summary>The largest change of a population's weights since the row before, relative to them; null where not known.</summary>
    public double? UpdateNorm { get; init; }

    /// <summary>The row as a line of the file; numbers read back as the same bits.</summary>
    public string ToLine() => string.Join(
        ',',
        Cells.Text(Presentations),
        Cells.Text(SimulatedTau),
        Cells.Text(Phases),
        Cells.Text(RunningAccuracy),
        Cells.Text(Accuracy),
        Cells.Text(Examples),
        Cells.Text(LearnedPositive),
        Cells.Text(LearnedNegative),
        Cells.Text(Gated),
        Cells.Text(B),
        Cells.Text(Energy),
        Cells.Text(Symmetry),
        Cells.Text(PhaseLag),
        Cells.Text(Staleness),
        Cells.Text(Undecided),
        Cells.Text(Saturated),
        Cells.Text(Dead),
        Cells.Text(UpdateNorm),
        WallSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Reads a line of the file.</summary>
    /// <param name="line">A line but the first.</param>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static MetricsRow Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] cells = line.Split(',');
        if (cells.Length == FewerColumns)
            cells = [.. cells[..^1], "", "", "", "", cells[^1]];
        Cells.ThrowIfOther(cells, Header);
        return new(
            Cells.Whole(cells[0]),
            Cells.Real(cells[1]),
            Cells.Whole(cells[2]),
            Cells.Perhaps(cells[3]) ?? double.NaN,
            Cells.Perhaps(cells[4]),
            (int)Cells.Whole(cells[5]),
            Cells.Whole(cells[6]),
            Cells.Whole(cells[7]),
            Cells.Whole(cells[8]),
            Cells.Real(cells[9]),
            Cells.Real(cells[18]))
        {
            Energy = Cells.Perhaps(cells[10]),
            Symmetry = Cells.Perhaps(cells[11]),
            PhaseLag = Cells.Perhaps(cells[12]),
            Staleness = Cells.Perhaps(cells[13]),
            Undecided = (int?)Cells.Perhaps(cells[14]),
            Saturated = Cells.Perhaps(cells[15]),
            Dead = Cells.Perhaps(cells[16]),
            UpdateNorm = Cells.Perhaps(cells[17]),
        };
    }
}
