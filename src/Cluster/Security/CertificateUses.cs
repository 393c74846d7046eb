using System.Security.Cryptography.X509Certificates;

namespace Nudge.Security;

/// <summary>
/// What a certificate may be used for, as its extended key usage says: both ends of a TLS connection, always; orders, for the kind
/// of a coordinator; any host name, where nodes share a certificate because their names are not known before.
/// </summary>
internal static class CertificateUses
{
    internal const string Server = "1.3.6.1.5.5.7.3.1";
    internal const string Client = "1.3.6.1.5.5.7.3.2";

    // Numbers under a UUID need no registration: 2.25 is the arc for them.
    private const string Own = "2.25.213751402306699451490889547062897012150";

    /// <summary>Gives orders.</summary>
    internal const string Coordinator = $"{Own}.1";

    /// <summary>Stands for any host.</summary>
    internal const string AnyHost = $"{Own}.2";

    /// <summary>Whether a certificate names a use. One without the extension, which is good for any use elsewhere, has none here.</summary>
    internal static bool Has(X509Certificate2 certificate, string use) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Any(one => one.Value == use));

    /// <summary>A host as certificates name it: an address of IPv6 without the brackets that it has before a port.</summary>
    internal static string NameOf(string host) => host.Trim('[', ']');

    /// <summary>Whether it is the certificate of a host; an address of IPv6 may have brackets.</summary>
    internal static bool IsFor(X509Certificate2 certificate, string host) => Has(certificate, AnyHost)
        || certificate.MatchesHostname(NameOf(host), allowWildcards: true, allowCommonName: false);
}
