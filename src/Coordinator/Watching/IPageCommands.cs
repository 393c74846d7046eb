using System.Text;

namespace Nudge.Watching;

/// <summary>What a page may ask for beside its frames.</summary>
internal interface IPageCommands
{
    /// <summary>Carries out a command; false where there is none of that name.</summary>
    /// <param name="command">Its name, with what it is about.</param>
    /// <param name="body">Its settings, as JSON.</param>
    /// <exception cref="Experiments.ExperimentException">The settings are wrong.</exception>
    bool Do(string command, string body);

    /// <summary>Answers a question; null where there is none of that name.</summary>
    /// <param name="question">Its name.</param>
    /// <param name="parameter">Gives a parameter by its name; null where it is missing.</param>
    Task<PageAnswer?> TellAsync(string question, Func<string, string?> parameter);
}

/// <summary>An answer to a page.</summary>
/// <param name="Code">The status of HTTP.</param>
/// <param name="Type">The type of its content.</param>
/// <param name="Body">Its content.</param>
internal sealed record PageAnswer(int Code, string Type, byte[] Body)
{
    /// <summary>The name of the file that a browser saves it as; null for one that is shown.</summary>
    internal string? File { get; init; }

    internal static PageAnswer Json(byte[] body) => new(200, "application/json", body);

    internal static PageAnswer Text(int code, string text) => new(code, "text/plain", Encoding.UTF8.GetBytes(text + "\n"));
}
