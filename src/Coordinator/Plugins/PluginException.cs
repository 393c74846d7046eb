namespace Nudge.Plugins;

/// <summary>A plug-in cannot be used; the message names the file and what was expected.</summary>
public sealed class PluginException : Exception
{
    /// <summary>Makes the exception with a message for the user.</summary>
    public PluginException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    public PluginException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public PluginException()
    {
    }
}
