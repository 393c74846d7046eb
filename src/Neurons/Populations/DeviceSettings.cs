using System.ComponentModel.DataAnnotations;

namespace Nudge.Populations;

/// <summary>
/// How far the units of a network are from what its model says, as the devices of analogue hardware are (theory §5). Each unit draws
/// its own deviations once, from the seed; an input population that shows a stimulus as it is has none.
/// </summary>
public sealed record DeviceSettings
{
    /// <summary>
    /// Coefficient of variation of the slope of a unit's response: the factor on its whole input current, bias included; log-normal
    /// with mean 1.
    /// </summary>
    [Range(0, 2)]
    public double Slope { get; init; }

    /// <summary>Standard deviation of the shift of a unit's response: what is added to its input current.</summary>
    [Range(0, 10)]
    public double Threshold { get; init; }

    /// <summary>
    /// Coefficient of variation of the gain of a unit's output: the factor on the activity that its synapses elsewhere receive;
    /// log-normal with mean 1. The unit itself learns with its true activity.
    /// </summary>
    [Range(0, 2)]
    public double Gain { get; init; }

    /// <summary>Standard deviation of the offset of a unit's output: what is added to the activity that it sends.</summary>
    [Range(0, 10)]
    public double Offset { get; init; }

    /// <summary>Standard deviation of the noise on a unit's output, drawn afresh at every step and in every lane.</summary>
    [Range(0, 10)]
    public double Noise { get; init; }

    /// <summary>Whether units are what the model says.</summary>
    public bool IsIdeal => !ChangesResponse && !ChangesOutput;

    internal bool ChangesResponse => Slope > 0 || Threshold > 0;

    internal bool ChangesOutput => Gain > 0 || Offset > 0 || Noise > 0;
}
