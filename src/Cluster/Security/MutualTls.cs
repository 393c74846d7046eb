using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace Nudge.Security;

/// <summary>Akka's TLS for a node: both ends of a connection show a certificate of the one authority.</summary>
internal static class MutualTls
{
    /// <summary>Reads the files and checks that others will trust this node.</summary>
    /// <exception cref="TlsException">They will not, or a file cannot be read.</exception>
    internal static DotNettySslSetup Create(TlsSettings settings, TimeProvider clock)
    {
        X509Certificate2 certificate = CertificateFiles.Read(settings.Certificate, settings.Password);
        var trust = new AuthorityTrust(CertificateFiles.ReadAuthority(settings.Authority));
        ThrowIfUnusable(certificate, trust, settings, clock.GetUtcNow());
        return new(
            certificate, suppressValidation: false, requireMutualAuthentication: true, customValidator: trust.Accepts);
    }

    private static void ThrowIfUnusable(
        X509Certificate2 certificate, AuthorityTrust trust, TlsSettings settings, DateTimeOffset now)
    {
        if (!certificate.HasPrivateKey)
            throw new TlsException($"{settings.Certificate}: holds no private key");
        if (now > certificate.NotAfter)
            throw new TlsException($"{settings.Certificate}: expired on {Day(certificate.NotAfter)}");
        if (now < certificate.NotBefore)
            throw new TlsException($"{settings.Certificate}: is valid from {Day(certificate.NotBefore)} only");
        if (trust.RefusalOf(certificate) is { } refusal)
            throw new TlsException($"{settings.Certificate}: is not signed by {settings.Authority}: {refusal}");
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'local time'", CultureInfo.InvariantCulture);
}
