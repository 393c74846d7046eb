using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Nudge.Hosting;
using Nudge.Security;

namespace Nudge.Cluster.Tests.Security;

/// <summary>What a certificate of the right authority still cannot do.</summary>
public sealed class CertificateTests
{
    [Fact]
    public void A_certificate_of_other_names_is_refused_at_the_start_and_one_for_any_host_is_not()
    {
        using var certificates = new Certificates();
        TlsException error = Assert.Throws<TlsException>(() => Node.Start(new() { Tls = certificates.NodeOf("elsewhere.example") }, null));
        Assert.Contains("does not name 127.0.0.1", error.Message, StringComparison.Ordinal);
        using X509Certificate2 any = certificates.AnyHost();
        Assert.True(CertificateUses.IsFor(any, "127.0.0.1"));
        using X509Certificate2 many = certificates.Certificate(1, CertificateKind.Node, "*.nudge.example");
        Assert.True(CertificateUses.IsFor(many, "node-1.nudge.example"));
        Assert.False(CertificateUses.IsFor(many, "nudge.example"));
    }

    [Theory]
    [InlineData("ssl.tcp://nudge@127.0.0.1:4053", true)]
    [InlineData("ssl.tcp://nudge@elsewhere.example:4053", false)]
    [InlineData("[::ffff:127.0.0.1]:40784", true)]
    public void Akka_connects_to_who_has_a_certificate_of_that_name(string peer, bool accepted)
    {
        using var certificates = new Certificates();
        using X509Certificate2 shown = certificates.Certificate();
        var trust = new AuthorityTrust(CertificateFiles.ReadAuthority(certificates.Authority));
        Assert.Equal(accepted, trust.AcceptsForAkka(shown, null, peer, SslPolicyErrors.None, NoLogger.Instance));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("1.3.6.1.5.5.7.3.1", false)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    [InlineData("1.3.6.1.5.5.7.3.4", false)]
    [InlineData("1.3.6.1.5.5.7.3.1,1.3.6.1.5.5.7.3.2", true)]
    public void A_certificate_that_is_not_for_both_ends_of_connections_is_refused(string? uses, bool accepted)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=node", own, HashAlgorithmName.SHA256);
        if (uses is not null)
        {
            var all = new OidCollection();
            foreach (string use in uses.Split(','))
                all.Add(new(use));
            leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(all, false));
        }

        using X509Certificate2 signed = leaf.Create(authority, now.AddDays(-1), now.AddHours(1), [1, 2, 3]);
        Assert.Equal(accepted, new AuthorityTrust([authority]).RefusalOf(signed) is null);
    }

    [Fact]
    public void Files_that_are_replaced_are_read_again_and_those_that_cannot_be_used_are_not_taken()
    {
        using var certificates = new Certificates();
        TlsSettings settings = certificates.Node();
        var clock = new Clock();
        var tls = MutualTls.Create(settings, clock);
        string first = tls.Certificate.Thumbprint;
        TlsSettings next = certificates.Node();
        Replace(next.Certificate, settings.Certificate);
        Replace(CertificateFiles.KeyFileOf(next.Certificate), CertificateFiles.KeyFileOf(settings.Certificate));
        clock.Passed = TimeSpan.FromSeconds(2);
        string second = tls.Certificate.Thumbprint;
        Assert.NotEqual(first, second);
        File.WriteAllText(settings.Certificate, "half a file");
        clock.Passed = TimeSpan.FromSeconds(4);
        Assert.Equal(second, tls.Certificate.Thumbprint);
    }

    private static void Replace(string from, string to)
    {
        File.Copy(from, to, overwrite: true);
        File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from).AddSeconds(1));
    }

    private sealed class Clock : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override long GetTimestamp() => (long)(Passed.TotalSeconds * TimestampFrequency);
    }
}
