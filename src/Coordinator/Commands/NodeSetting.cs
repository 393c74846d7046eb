using System.CommandLine;

namespace Nudge.Commands;

/// <summary>
/// One setting of a node, which comes from an option, else from the environment, else from the settings file, else is the
/// default: <c>--tls-authority</c>, <c>NUDGE_NODE_TLS_AUTHORITY</c>, <c>tls-authority:</c>.
/// </summary>
internal abstract class NodeSetting
{
    private const string Prefix = "NUDGE_NODE_";

    /// <param name="name">The option without its dashes, which is also the key in a file.</param>
    /// <param name="description">For --help.</param>
    /// <param name="option">Another name of the option.</param>
    /// <param name="many">Whether the option may be repeated; elsewhere values are set apart by commas.</param>
    /// <param name="isSwitch">Whether the option alone means true.</param>
    protected NodeSetting(string name, string description, string? option, bool many, bool isSwitch)
    {
        Name = name;
        string flag = option ?? $"--{name}";
        Option = many
            ? new Option<string[]>(flag) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true }
            : isSwitch ? new Option<bool>(flag) : new Option<string>(flag);
        Option.Description = $"{description} [{Variable}]";
    }

    /// <summary>The key in a settings file.</summary>
    internal string Name { get; }

    /// <summary>The environment variable.</summary>
    internal string Variable => Prefix + Name.ToUpperInvariant().Replace('-', '_');

    internal Option Option { get; }

    /// <summary>What is wrong with a text, or null.</summary>
    internal abstract string? ErrorOf(string text);
}

/// <summary>A setting of some type.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class NodeSetting<T> : NodeSetting
{
    private readonly Func<string, (T Value, bool Valid)> _parse;
    private readonly string _expected;
    private readonly T _fallback;

    internal NodeSetting(
        string name,
        string description,
        T fallback,
        string expected,
        Func<string, (T Value, bool Valid)> parse,
        string? option = null,
        bool many = false,
        bool isSwitch = false)
        : base(name, description, option, many, isSwitch)
    {
        (_fallback, _expected, _parse) = (fallback, expected, parse);
        Option.Validators.Add(result =>
        {
            if (ErrorOf(NodeSources.Joined(result.Tokens.Select(token => token.Value))) is { } error)
                result.AddError($"{Option.Name}: {error}");
        });
    }

    /// <inheritdoc/>
    internal override string? ErrorOf(string text) => _parse(text).Valid ? null : $"expected {_expected}";

    /// <summary>The value, from the first source that has one.</summary>
    /// <exception cref="Experiments.ExperimentException">What the environment sets is no such value.</exception>
    internal T Of(NodeSources sources) => sources.TextOf(this) is { } text ? _parse(text).Value : _fallback;
}
