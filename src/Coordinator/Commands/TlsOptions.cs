using Nudge.Experiments;
using Nudge.Security;

namespace Nudge.Commands;

/// <summary>The settings by which nodes know each other.</summary>
internal sealed class TlsOptions
{
    internal NodeSetting<string?> Certificate { get; } = NodeOptions.Text(
        "tls-certificate",
        "This node's certificate and key, .pfx or PEM (key in it, or beside it as .key): only nodes with a certificate of "
        + $"the same authority can take part. A password of the key comes from {TlsSettings.PasswordVariable}. "
        + "nudge cert makes certificates.");

    internal NodeSetting<string?> Authority { get; } = NodeOptions.Text(
        "tls-authority", "PEM file of the authority that signed the certificates of all nodes.");

    internal IReadOnlyList<NodeSetting> All => [Certificate, Authority];

    /// <summary>What was asked for, or null where nothing was.</summary>
    /// <exception cref="ExperimentException">Only one of the two was given.</exception>
    internal TlsSettings? Settings(NodeSources sources)
    {
        string? certificate = Certificate.Of(sources);
        string? authority = Authority.Of(sources);
        if ((certificate is null) != (authority is null))
        {
            NodeSetting missing = certificate is null ? Certificate : Authority;
            throw new ExperimentException([new(missing.Option.Name, "", "missing; TLS needs a certificate and its authority")]);
        }

        return certificate is null || authority is null
            ? null
            : new()
            {
                Certificate = Path.GetFullPath(certificate),
                Authority = Path.GetFullPath(authority),
                Password = Environment.GetEnvironmentVariable(TlsSettings.PasswordVariable),
            };
    }
}
