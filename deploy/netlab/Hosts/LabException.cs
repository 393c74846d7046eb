namespace Nudge.Netlab.Hosts;

/// <summary>A lab failed, or is not as a command expects it.</summary>
internal class LabException(string message) : Exception(message);

/// <summary>This machine does not allow labs.</summary>
internal sealed class LabUnavailableException(string message) : LabException(message);
