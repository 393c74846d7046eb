namespace Nudge.Security;

/// <summary>What the owner of a certificate may do in a cluster.</summary>
public enum CertificateKind
{
    /// <summary>Host slices and make runs for others; its orders are not obeyed.</summary>
    Node,

    /// <summary>Give orders as well.</summary>
    Coordinator,
}
