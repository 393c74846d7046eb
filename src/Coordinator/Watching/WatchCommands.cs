using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Experiments;
using Nudge.Interventions;
using Nudge.Running;
using Nudge.Topology;

namespace Nudge.Watching;

/// <summary>What a page may ask of a run.</summary>
/// <param name="monitor">The run.</param>
internal sealed class WatchCommands(RunMonitor monitor) : IPageCommands
{
    private const string Interventions = "interventions";

    /// <inheritdoc/>
    public bool Do(string command, string body)
    {
        switch (command.Split('/'))
        {
            case ["pause"]:
                monitor.Control.Pause();
                return true;
            case ["resume"]:
                monitor.Control.Resume();
                return true;
            case ["step"]:
                monitor.Control.Step();
                return true;
            case ["speed"]:
                monitor.Control.SpeedLimit = SpeedOf(body);
                return true;
            case [Interventions]:
                Intervene(ExperimentFile.ParseIntervention(body, monitor.Run.Network));
                return true;
            case [Interventions, var number, "undo"]:
                return Undo(number);
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public async Task<PageAnswer?> TellAsync(string question, Func<string, string?> parameter) => question switch
    {
        "experiment" => new(200, "application/yaml", Encoding.UTF8.GetBytes(Experiment())) { File = $"{monitor.Run.Settings.Name}.yaml" },
        "weights" => await WeightsAsync(parameter("slice"), parameter("unit")) is { } weights
            ? PageAnswer.Json(weights)
            : PageAnswer.Text(404, "there is no such unit"),
        _ => null,
    };

    // The experiment with all that was changed, as a file that does it again.
    private string Experiment()
    {
        var all = new OrderedDictionary<string, InterventionSettings>();
        foreach (AppliedIntervention one in monitor.Interventions.Applied)
            all.Add(one.Name, one.Settings with { At = new() { Phase = one.Moment.Phase } });
        foreach ((string name, InterventionSettings one) in monitor.Run.Settings.Interventions)
            all.TryAdd(name, one);
        return SettingsWriter.ToYaml(monitor.Run.Settings with { Interventions = all }, explained: false);
    }

    // The weights of one unit as images, one for each projection that reaches it; null where there is no such unit.
    private async Task<byte[]?> WeightsAsync(string? sliceText, string? unitText)
    {
        if (!int.TryParse(sliceText, CultureInfo.InvariantCulture, out int index)
            || !int.TryParse(unitText, CultureInfo.InvariantCulture, out int unit))
            return null;
        IReadOnlyList<SlicePlan> slices = monitor.Run.Network.Slices;
        if (index < 0 || index >= slices.Count || unit < 0 || unit >= slices[index].Count)
            return null;
        IReadOnlyList<UnitWeights> found = await monitor.Engine.WeightsOfAsync(slices[index], unit);
        var images = new JsonArray();
        foreach (UnitWeights one in found)
        {
            (int width, int height) = ImageShape.Of(one.Weights.Count);
            // Around zero, so that sign is seen.
            double high = one.Weights.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
            double low = -high;
            byte[] bytes = FrameBuilder.Bytes(one.Weights, low, high);
            images.Add(new JsonObject
            {
                ["projection"] = one.Projection,
                ["width"] = width,
                ["height"] = height,
                ["values"] = Convert.ToBase64String(bytes),
                ["low"] = low,
                ["high"] = high,
            });
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["images"] = images });
    }

    private void Intervene(InterventionSettings settings)
    {
        if (settings is UndoIntervention undo && !monitor.Interventions.Applied.Any(one => one.Name == undo.Of && one.CanBeUndone))
            throw new ExperimentException([new("", "of", $"found {undo.Of}; expected the name of an intervention that was made")]);
        if (settings is NodeIntervention && monitor.Interventions.Nodes is null)
            throw new ExperimentException([new("", "node", "this run has started no nodes; expected one begun with --local-nodes")]);
        monitor.Interventions.Ask(settings);
    }

    private bool Undo(string number)
    {
        IReadOnlyList<AppliedIntervention> applied = monitor.Interventions.Applied;
        AppliedIntervention? one = applied.FirstOrDefault(other => other.Number.ToString(CultureInfo.InvariantCulture) == number);
        if (one is not { CanBeUndone: true })
            return false;
        if (!one.IsUndone(applied))
            monitor.Interventions.Ask(new UndoIntervention { Of = one.Name });
        return true;
    }

    private static double? SpeedOf(string body)
    {
        try
        {
            double? limit = (double?)JsonNode.Parse(body)?["tauPerSecond"];
            if (limit is null or > 0)
                return limit;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // The same words for all that is not a speed.
        }

        throw new ExperimentException([new("", "tauPerSecond", "expected a number greater than 0, or null for no limit")]);
    }
}
