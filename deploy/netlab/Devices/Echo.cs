using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nudge.Netlab.Devices;

/// <summary>One answer to an echo request.</summary>
internal readonly record struct EchoReply(int Number, TimeSpan Time);

/// <summary>ICMP echo requests over one raw socket; the kernel of the other host answers.</summary>
internal static class Echo
{
    private const int HeaderBytes = 8;
    private const byte Request = 8;
    private const byte Reply = 0;

    internal static async Task<IReadOnlyList<EchoReply>> AskAsync(
        IPAddress address, int count, TimeSpan interval, TimeSpan timeout, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        socket.Connect(address, 0);
        long[] sent = new long[count];
        var replies = new List<EchoReply>();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task listening = ListenAsync(socket, sent, replies, done.Token);
        for (int number = 0; number < count; number++)
        {
            sent[number] = Stopwatch.GetTimestamp();
            await socket.SendAsync(Compose((ushort)number), cancellation);
            if (number < count - 1)
                await Task.Delay(interval, cancellation);
        }

        await Task.WhenAny(listening, Task.Delay(timeout, cancellation));
        await done.CancelAsync();
        await listening;
        return replies;
    }

    private static async Task ListenAsync(
        Socket socket, long[] sent, List<EchoReply> replies, CancellationToken done)
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (replies.Count < sent.Length)
            {
                int bytes = await socket.ReceiveAsync(buffer, done);
                if (Number(buffer.AsSpan(0, bytes)) is int number && number < sent.Length)
                    replies.Add(new(number, Stopwatch.GetElapsedTime(sent[number])));
            }
        }
        catch (OperationCanceledException)
        {
            // What has not come by now counts as lost.
        }
    }

    private static ushort Identity => (ushort)Environment.ProcessId;

    private static byte[] Compose(ushort number)
    {
        byte[] packet = new byte[HeaderBytes + 48];
        packet[0] = Request;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), Identity);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), number);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum(packet));
        return packet;
    }

    // A raw socket receives the IP header, and the echoes of other processes on this host.
    private static int? Number(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> icmp = packet[((packet[0] & 0xF) * 4)..];
        bool mine = icmp.Length >= HeaderBytes && icmp[0] == Reply
            && BinaryPrimitives.ReadUInt16BigEndian(icmp[4..]) == Identity;
        return mine ? BinaryPrimitives.ReadUInt16BigEndian(icmp[6..]) : null;
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
