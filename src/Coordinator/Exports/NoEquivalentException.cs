using Nudge.Networks;

namespace Nudge.Exports;

/// <summary>A network cannot be written in a format, since the format cannot express what the network computes.</summary>
public sealed class NoEquivalentException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public NoEquivalentException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public NoEquivalentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public NoEquivalentException()
    {
    }

    internal static void ThrowIfDeviating(NetworkPlan network, string format)
    {
        if (!network.Settings.Devices.IsIdeal)
            throw Of(network, format, "its units deviate from the model (devices), and the file would hold the model");
    }

    internal static NoEquivalentException Of(NetworkPlan network, string format, string reason) =>
        new($"this {network.Model.Name} network has no equivalent in {format}: {reason}");
}
