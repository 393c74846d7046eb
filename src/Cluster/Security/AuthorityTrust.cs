using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;

namespace Nudge.Security;

/// <summary>
/// Trusts only certificates that the cluster's own authority signed for both ends of a connection: what the machine trusts for the
/// web does not count.
/// </summary>
internal sealed class AuthorityTrust(X509Certificate2Collection authority)
{
    /// <summary>
    /// Akka's question about the other end of a connection: the address that this node connects to, whose host the certificate must
    /// name, or the socket of who has connected, which names nobody.
    /// </summary>
    internal bool AcceptsForAkka(
        X509Certificate2? certificate, X509Chain? sent, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        if (!Accepts(certificate, sent, peer, errors, log))
            return false;
        // An address is such as ssl.tcp://nudge@host:4053.
        if (!Uri.TryCreate(peer, UriKind.Absolute, out Uri? address) || address.DnsSafeHost is not { Length: > 0 } host
            || CertificateUses.IsFor(certificate!, host))
            return true;
        log.Warning("refused a connection with {0}: its certificate does not name {1}", peer, host);
        return false;
    }

    /// <summary>A question about the other end of a connection, whichever end opened it.</summary>
    internal bool Accepts(
        X509Certificate2? certificate, X509Chain? sent, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        string? refusal = certificate is null ? "it showed no certificate" : RefusalOf(certificate, sent);
        if (refusal is not null)
            log.Warning("refused a connection with {0}: {1}", peer, refusal);
        return refusal is null;
    }

    /// <summary>Why a certificate is not trusted, or null if it is.</summary>
    internal string? RefusalOf(X509Certificate2 certificate, X509Chain? sent = null)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        // An authority of one's own publishes no list of revoked certificates: one is revoked by a new authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        if (!chain.Build(certificate))
            return string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
        // A node is the client of some connections and the server of others.
        return CertificateUses.Has(certificate, CertificateUses.Server) && CertificateUses.Has(certificate, CertificateUses.Client)
            ? null
            : "its certificate's extended key usage does not name both serverAuth and clientAuth";
    }
}
