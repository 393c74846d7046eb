using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Nudge.Catalogue;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Interventions;

/// <summary>
/// Turns the sign of some of a projection's weights. Which ones is drawn by connection, so that the two copies of a
/// bidirectional connection are turned together, whatever the cut into slices.
/// </summary>
public sealed record FlipWeights : ReversibleIntervention
{
    /// <summary>Name of the projection.</summary>
    public required string Projection { get; init; }

    /// <summary>Share of its weights.</summary>
    [Range(0, 1, MinimumIsExclusive = true)]
    public required double Share { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => string.Create(CultureInfo.InvariantCulture, $"{Projection}: sign of {Share:0.###} of the weights");

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(targets);
        targets.CheckProjection(path, Projection, findings);
    }

    /// <summary>Makes what interventions do to the weights that a slice owns, as far as it has not been made.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="applied">All interventions so far.</param>
    internal static void Make(PopulationSlice slice, ulong seed, IReadOnlyList<AppliedIntervention> applied)
    {
        foreach (AppliedIntervention one in applied.Where(one => one.Number > slice.LastTurn))
        {
            AppliedIntervention? turns = one.Settings is UndoIntervention ? one.Undoes(applied) : one;
            // Turning the same weights again undoes it.
            if (turns?.Settings is FlipWeights flip)
                flip.Turn(slice, seed, turns.Number);
            slice.LastTurn = one.Number;
        }
    }

    private void Turn(PopulationSlice slice, ulong seed, long number)
    {
        foreach (SynapseGroup synapses in slice.Synapses)
        {
            if (!LinkSelection.Selects(Projection, synapses.Projection) || !synapses.Projection.Settings.Connect.Learns)
                continue;
            bool backward = synapses.Projection.IsBackward;
            int forward = backward ? synapses.Projection.Reverse : synapses.Projection.Index;
            var key = new RandomKey(seed, RandomPurpose.WeightFlip, ((ulong)number << 16) | (uint)forward);
            synapses.TurnSigns((row, column) =>
            {
                (ulong from, ulong to) = Ends(synapses.Projection, slice.Plan.First, row, column);
                return key.Draw(backward ? (to << 32) | from : (from << 32) | to).First < Share;
            });
        }
    }

    // Shared weights have no two units of their own: the forward place in a file names them for both copies.
    private static (ulong From, ulong To) Ends(ProjectionPlan projection, int first, int row, int column)
    {
        if (projection.Connectivity is not { } table)
            return ((ulong)column, (ulong)(first + row));
        int channel = (first / projection.UnitsPerRow) + row;
        int place = table.FileColumnOf(column);
        long at = projection.IsBackward ? table.MirrorOf(channel, place) : ((long)channel * table.FileColumnCount) + place;
        ulong name = (ulong)at;
        return (name, name);
    }

    internal sealed class Kind()
        : Definition("flip-weights", "Turns the sign of a share of a projection's weights.", typeof(FlipWeights))
    {
        internal static readonly Kind Instance = new();
    }
}
