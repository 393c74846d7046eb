using Nudge.Links;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>Is told by the session of a run what the run measures, in its order. What it is not interested in it leaves out.</summary>
public interface IRunObserver
{
    /// <summary>Whether it is told the counters of links, which are read for this alone.</summary>
    bool WantsMessages => false;

    /// <summary>A sample of the run; those of before a resume come first.</summary>
    void Sampled(MetricsRow row)
    {
    }

    /// <summary>A reading of the truth meter; those of before a resume come first.</summary>
    void Read(TruthRow reading)
    {
    }

    /// <summary>How far the run is; several times a second.</summary>
    void Moved(RunState state)
    {
    }

    /// <summary>What became of messages so far; about once a second.</summary>
    void Counted(IReadOnlyList<LedgerEntry> links)
    {
    }
}

/// <summary>Records a run where the engine stands between two phases.</summary>
public interface IRunRecorder
{
    /// <summary>Presentations at which it is to record next.</summary>
    long Next { get; }

    /// <summary>Records the present moment.</summary>
    Task TakeAsync();
}
