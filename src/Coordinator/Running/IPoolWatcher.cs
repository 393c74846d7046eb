namespace Nudge.Running;

/// <summary>Is told how a pool of runs goes on, by one thread at a time.</summary>
public interface IPoolWatcher
{
    /// <summary>A run has got further.</summary>
    /// <param name="job">Its number in the list of jobs.</param>
    /// <param name="presentations">Stimuli that it has shown so far.</param>
    void Advanced(int job, long presentations);

    /// <summary>A run is over, well or not.</summary>
    /// <param name="job">Its number in the list of jobs.</param>
    /// <param name="outcome">What became of it.</param>
    void Finished(int job, JobOutcome outcome);
}
