using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Nudge.Security;

/// <summary>
/// Signs orders with the key of their sender's certificate, and reads those alone whose certificate is of a coordinator. Akka.Remote
/// has no way from a message to the certificate of the connection that it came by, and any member may write another one's address
/// into a message.
/// </summary>
/// <param name="tls">The certificates.</param>
/// <param name="clock">The time.</param>
internal sealed class OrderSeal(MutualTls tls, TimeProvider clock)
{
    // Bytes: length of the message (4), the message, milliseconds since 1970 (8), length of the certificate (2), the certificate,
    // the signature.
    private const int LengthBytes = sizeof(int);
    private const int TimeBytes = sizeof(long);
    private const int CertificateLengthBytes = sizeof(ushort);

    // Clocks of machines differ; an order that somebody has kept is of no use later.
    private static readonly TimeSpan MostApart = TimeSpan.FromMinutes(5);

    /// <summary>Signs an order.</summary>
    /// <param name="message">The order, as its contract writes it.</param>
    /// <param name="manifest">The contract.</param>
    internal byte[] Close(byte[] message, string manifest)
    {
        X509Certificate2 certificate = tls.Certificate;
        byte[] shown = certificate.RawData;
        byte[] head = new byte[LengthBytes + message.Length + TimeBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, message.Length);
        message.CopyTo(head, LengthBytes);
        BinaryPrimitives.WriteInt64LittleEndian(
            head.AsSpan(LengthBytes + message.Length), clock.GetUtcNow().ToUnixTimeMilliseconds());
        return [.. head, (byte)shown.Length, (byte)(shown.Length >> 8), .. shown, .. Sign(certificate, Signed(head, manifest))];
    }

    /// <summary>Gives the order as its contract writes it.</summary>
    /// <exception cref="SerializationException">It is not signed by a coordinator.</exception>
    internal ReadOnlyMemory<byte> Open(byte[] bytes, string manifest)
    {
        try
        {
            return Checked(bytes, manifest);
        }
        catch (CryptographicException error)
        {
            // A certificate may be damaged in many places, of which some are read late.
            throw new SerializationException($"refused an order: {error.Message}", error);
        }
    }

    private ReadOnlyMemory<byte> Checked(byte[] bytes, string manifest)
    {
        int length = bytes.Length < LengthBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        int certificateAt = LengthBytes + length + TimeBytes + CertificateLengthBytes;
        if (length < 0 || length > bytes.Length || certificateAt > bytes.Length)
            throw Refused("it is not signed");
        ReadOnlySpan<byte> head = bytes.AsSpan(0, certificateAt - CertificateLengthBytes);
        int shown = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(head.Length));
        if (shown > bytes.Length - certificateAt)
            throw Refused("it is not signed");
        long sentAt = BinaryPrimitives.ReadInt64LittleEndian(head[^TimeBytes..]);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (sentAt < now - MostApart.TotalMilliseconds || sentAt > now + MostApart.TotalMilliseconds)
            throw Refused($"it was signed more than {MostApart.TotalMinutes:0} minutes from now; are the clocks right?");
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(bytes.AsSpan(certificateAt, shown));
        if (tls.RefusalOf(certificate) is { } refusal)
            throw Refused(refusal);
        if (!CertificateUses.Has(certificate, CertificateUses.Coordinator))
            throw Refused("its certificate is that of a node and not of a coordinator (nudge cert coordinator)");
        if (!Verify(certificate, Signed(head, manifest), bytes.AsSpan(certificateAt + shown)))
            throw Refused("its signature is wrong");
        return bytes.AsMemory(LengthBytes, length);
    }

    // The contract is part of it: an order cannot be passed off as another kind.
    private static byte[] Signed(ReadOnlySpan<byte> head, string manifest) => [.. Encoding.UTF8.GetBytes(manifest), 0, .. head];

    private static byte[] Sign(X509Certificate2 certificate, byte[] bytes)
    {
        using ECDsa? curve = certificate.GetECDsaPrivateKey();
        if (curve is not null)
            return curve.SignData(bytes, HashAlgorithmName.SHA256);
        using RSA? rsa = certificate.GetRSAPrivateKey();
        return rsa?.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            ?? throw new SerializationException("orders are signed with a key of ECDSA or RSA; this certificate has another one");
    }

    private static bool Verify(X509Certificate2 certificate, byte[] bytes, ReadOnlySpan<byte> signature)
    {
        using ECDsa? curve = certificate.GetECDsaPublicKey();
        if (curve is not null)
            return curve.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
        using RSA? rsa = certificate.GetRSAPublicKey();
        return rsa?.VerifyData(bytes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true;
    }

    private static SerializationException Refused(string reason) => new($"refused an order: {reason}");
}
