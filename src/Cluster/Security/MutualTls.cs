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
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly TlsSettings _settings;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private volatile Loaded _loaded;
    private long _lookedAt;

    private MutualTls(TlsSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _loaded = Read();
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>The same for Akka.Remote, which keeps its certificate until the process ends; whom it trusts follows the files.</summary>
    internal DotNettySslSetup ForAkka => new(
        Certificate,
        suppressValidation: false,
        requireMutualAuthentication: true,
        customValidator: (shown, chain, peer, errors, log) => Now(log).Trust.AcceptsForAkka(shown, chain, peer, errors, log));

    /// <summary>This node's certificate with its key.</summary>
    internal X509Certificate2 Certificate => Now(null).Certificate;

    /// <summary>Signs orders and reads those that are signed.</summary>
    internal OrderSeal Seal => field ??= new(this, _clock);

    /// <summary>Reads the files and checks that others will trust this node.</summary>
    /// <exception cref="TlsException">They will not, or a file cannot be read.</exception>
    internal static MutualTls Create(TlsSettings settings, TimeProvider clock) => new(settings, clock);

    /// <summary>Why a certificate is not trusted, or null if it is.</summary>
    internal string? RefusalOf(X509Certificate2 certificate) => Now(null).Trust.RefusalOf(certificate);

    /// <summary>Refuses to begin with a certificate by which other nodes would refuse this one later.</summary>
    /// <param name="host">The name by which others find this node.</param>
    /// <param name="directs">Whether it gives orders.</param>
    /// <exception cref="TlsException">They would.</exception>
    internal void ThrowIfNotFor(string host, bool directs)
    {
        if (!CertificateUses.IsFor(Certificate, host))
            throw new TlsException($"{_settings.Certificate}: does not name {host}, by which others find this node (--host)");
        if (directs && !CertificateUses.Has(Certificate, CertificateUses.Coordinator))
        {
            throw new TlsException(
                $"{_settings.Certificate}: is the certificate of a node, whose orders no node obeys; nudge cert coordinator makes that of a coordinator");
        }
    }

    /// <summary>Authenticates the end that has connected.</summary>
    internal void AuthenticateAsClient(SslStream stream, string host, ILoggingAdapter log)
    {
        Loaded now = Now(log);
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = CertificateUses.NameOf(host),
            LocalCertificateSelectionCallback = (_, _, _, _, _) => now.Certificate,
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                now.Trust.Accepts(shown as X509Certificate2, chain, host, errors, log),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });
    }

    /// <summary>Authenticates the end that was connected to.</summary>
    internal void AuthenticateAsServer(SslStream stream, string peer, ILoggingAdapter log)
    {
        Loaded now = Now(log);
        stream.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = now.Certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
                now.Trust.Accepts(shown as X509Certificate2, chain, peer, errors, log),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });
    }

    /// <summary>Files that have been replaced are read again; where they cannot be used, the earlier ones hold.</summary>
    private Loaded Now(ILoggingAdapter? log)
    {
        lock (_gate)
        {
            if (_clock.GetElapsedTime(_lookedAt) < LookEvery)
                return _loaded;
            _lookedAt = _clock.GetTimestamp();
            try
            {
                if (WrittenAt() != _loaded.WrittenAt)
                    _loaded = Read();
            }
            catch (TlsException error)
            {
                log?.Warning("certificate files were replaced and cannot be used, so the earlier ones hold: {0}", error.Message);
            }
        }

        return _loaded;
    }

    private (DateTime Certificate, DateTime Key, DateTime Authority) WrittenAt() => (
        File.GetLastWriteTimeUtc(_settings.Certificate),
        File.GetLastWriteTimeUtc(Path.ChangeExtension(_settings.Certificate, ".key")),
        File.GetLastWriteTimeUtc(_settings.Authority));

    private Loaded Read()
    {
        // Before they are read, so that a change meanwhile is noticed.
        (DateTime, DateTime, DateTime) writtenAt = WrittenAt();
        X509Certificate2 certificate = CertificateFiles.Read(_settings.Certificate, _settings.Password);
        var trust = new AuthorityTrust(CertificateFiles.ReadAuthority(_settings.Authority));
        ThrowIfUnusable(certificate, trust, _settings, _clock.GetUtcNow());
        return new(certificate, trust, writtenAt);
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
            throw new TlsException($"{settings.Certificate}: is not signed by {settings.Authority} for both ends of a connection: {refusal}");
    }

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'local time'", CultureInfo.InvariantCulture);

    private sealed record Loaded(
        X509Certificate2 Certificate, AuthorityTrust Trust, (DateTime Certificate, DateTime Key, DateTime Authority) WrittenAt);
}
