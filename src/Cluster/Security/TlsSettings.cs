namespace Nudge.Security;

/// <summary>By what a node proves that it belongs, and whom it trusts. Not a record: it is never printed.</summary>
public sealed class TlsSettings
{
    /// <summary>The environment variable with the password of the certificate's key.</summary>
    public const string PasswordVariable = "NUDGE_TLS_PASSWORD";

    /// <summary>The node's certificate with its key: a .pfx file, or a PEM file with the key in it or beside it as .key.</summary>
    public required string Certificate { get; init; }

    /// <summary>PEM file of the authority that signed the certificates of all nodes; no other one is trusted.</summary>
    public required string Authority { get; init; }

    /// <summary>The password of the key, or null if it has none.</summary>
    public string? Password { get; init; }
}
