namespace Nudge.Placement;

/// <summary>Slices cannot be placed as asked.</summary>
public sealed class PlacementException : Exception
{
    /// <summary>Makes an exception with a message.</summary>
    public PlacementException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public PlacementException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public PlacementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
