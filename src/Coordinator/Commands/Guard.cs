using Nudge.Audit;
using Nudge.Checkpoints;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Hosting;
using Nudge.Models;
using Nudge.Placement;
using Nudge.Plugins;
using Nudge.Populations;
using Nudge.Recording;
using Nudge.Security;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Commands;

/// <summary>Turns what goes wrong into a message and an exit code.</summary>
internal static class Guard
{
    private const string TraceVariable = "NUDGE_TRACE";

    internal static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (ExperimentException error)
        {
            foreach (Problem problem in error.Problems)
                Message.Write(problem.Place.Length == 0 ? $"nudge: {problem.Message}" : problem.ToString());
            return ExitCode.BadInput;
        }
        catch (OutputException error)
        {
            Message.Write($"nudge: {error.Message}");
            return error.ExitCode;
        }
        catch (DataException error)
        {
            Message.Write($"nudge: {error.Message}");
            return ExitCode.BadInput;
        }
        catch (OracleTooLargeException error)
        {
            Message.Write($"nudge: the network is too large to be measured exactly: {error.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is PluginException or PlacementException or FrameTooSmallException or TlsException)
        {
            Message.Write($"nudge: {error.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception error) when (IsExpected(error))
        {
            Message.Write($"nudge: {error.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            bool trace = Environment.GetEnvironmentVariable(TraceVariable) == "1";
            Message.Write(trace ? $"nudge: {error}" : $"nudge: {error.Message} ({TraceVariable}=1 shows where)");
            return ExitCode.Failed;
        }
    }

    private static bool IsExpected(Exception error) => error
        is NodeException or StoreException or LocalityException or NumericalException or CheckpointException or IOException or InvalidDataException;
}
