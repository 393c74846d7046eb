using Nudge.Networks;

namespace Nudge.Audit;

/// <summary>How long an experiment of the audit lasts.</summary>
internal static class AuditLength
{
    private const int FewestPhases = 8;
    private const int MostPhases = 96;
    private const int Lessons = 4;
    private const int Batch = 3;

    /// <summary>Shortens batches: what waits in one weighs the same, however long it waits.</summary>
    internal static NetworkPlan Shorten(NetworkPlan network) => network.Settings.Learning.Batch <= Batch
        ? network
        : NetworkCompiler.Compile(
            network.Settings with { Learning = network.Settings.Learning with { Batch = Batch } }, network.ExpectedStimuli);

    /// <summary>Whether the reference run needs another phase: every slice shall have learned a few times.</summary>
    internal static bool GoesOn(NetworkPlan network, int phases, int lessons)
    {
        int wanted = Lessons * network.Settings.Learning.Batch;
        return phases < FewestPhases || (phases < MostPhases * network.Settings.Learning.Batch && lessons < wanted);
    }
}
