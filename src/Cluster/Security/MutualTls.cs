using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Nudge.Security;

/// <summary>
/// TLS for all connections of a node: both ends show a certificate of the one authority. An actor system carries it as part of
/// its setup.
/// </summary>
internal sealed class MutualTls : Setup
{
    private readonly X509Certificate2 _certificate;
    private readonly AuthorityTrust _trust;

    private MutualTls(X509Certificate2 certificate, AuthorityTrust trust)
    {
        _certificate = certificate;
        _trust = trust;
    }

    /// <summary>The same for Akka.Remote.</summary>
    internal DotNettySslSetup ForAkka => new(
        _certificate, suppressValidation: false, requireMutualAuthentication: true, customValidator: _trust.Accepts);

    /// <summary>Reads the files and checks that others will trust this node.</summary>
    /// <exception cref="TlsException">They will not, or a file cannot be read.</exception>
    internal static MutualTls Create(TlsSettings settings, TimeProvider clock)
    {
        X509Certificate2 certificate = CertificateFiles.Read(settings.Certificate, settings.Password);
        var trust = new AuthorityTrust(CertificateFiles.ReadAuthority(settings.Authority));
        ThrowIfUnusable(certificate, trust, settings, clock.GetUtcNow());
        return new(certificate, trust);
    }

    /// <summary>Authenticates the end that has connected.</summary>
    internal void AuthenticateAsClient(SslStream stream, string host, ILoggingAdapter log) =>
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate,
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                _trust.Accepts(shown as X509Certificate2, chain, host, errors, log),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });

    /// <summary>Authenticates the end that was connected to.</summary>
    internal void AuthenticateAsServer(SslStream stream, string peer, ILoggingAdapter log) =>
        stream.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                _trust.Accepts(shown as X509Certificate2, chain, peer, errors, log),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });

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
