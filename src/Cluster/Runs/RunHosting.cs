namespace Nudge.Runs;

/// <summary>Makes a run on the caller's thread, which may take hours.</summary>
/// <param name="order">Which.</param>
/// <param name="shown">Is told now and then how many stimuli have been shown.</param>
/// <param name="cancellation">Stops the run.</param>
/// <exception cref="RunDeclinedException">This node cannot make it; another one may.</exception>
public delegate Task<RunNumbers> WholeRun(RunOrder order, Action<long> shown, CancellationToken cancellation);

/// <summary>How a node makes whole runs.</summary>
/// <param name="Version">The program, to the build: another one need not give the same bits.</param>
/// <param name="AtATime">Runs at a time.</param>
/// <param name="Source">Called once for whoever asks for runs; what those runs share goes when the asker does.</param>
public sealed record RunHosting(string Version, int AtATime, Func<WholeRun> Source);
