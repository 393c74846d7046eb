using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Devices;

/// <summary>A network interface of a host whose packets this process reads and writes.</summary>
internal sealed class TunDevice : IDisposable
{
    /// <summary>The name of the interface on every host.</summary>
    internal const string Name = "lab0";

    internal const string Path = "/dev/net/tun";
    private const int NameBytes = 16;
    private const int RequestBytes = 40;
    private const short TunWithoutHeader = 0x1001;
    private readonly SafeFileHandle _handle;

    private TunDevice(SafeFileHandle handle) => _handle = handle;

    /// <summary>Makes the interface in the host's namespace.</summary>
    internal static TunDevice Create(Host host)
    {
        SafeFileHandle? made = null;
        Exception? failure = null;
        // A device belongs to the namespace of the thread that makes it: so a thread enters, and ends there.
        var thread = new Thread(() =>
        {
            try
            {
                made = Make(host);
            }
            catch (Exception error) when (error is IOException or Win32Exception or UnauthorizedAccessException)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        return made is not null
            ? new(made)
            : throw new LabUnavailableException($"{Path}: {host.Namespace} gets no device: {failure!.Message}");
    }

    /// <summary>Waits for a packet a while; 0 bytes if none came.</summary>
    internal int Read(Span<byte> buffer, TimeSpan timeout)
    {
        int handle = (int)_handle.DangerousGetHandle();
        var request = new Native.PollRequest { Handle = handle, Events = Native.Readable };
        int ready = Native.Poll(ref request, 1, (int)timeout.TotalMilliseconds);
        return ready > 0 ? ThrowIfFailed(Native.Read(_handle, buffer, (nuint)buffer.Length)) : 0;
    }

    internal void Write(ReadOnlySpan<byte> packet) =>
        ThrowIfFailed(Native.Write(_handle, packet, (nuint)packet.Length));

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Make(Host host)
    {
        using (SafeFileHandle entry = File.OpenHandle(Namespaces.PathOf(host), share: FileShare.ReadWrite))
            ThrowIfFailed(Native.EnterNamespace(entry, Native.NetworkNamespace));
        SafeFileHandle handle = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Span<byte> request = stackalloc byte[RequestBytes];
        request.Clear();
        Encoding.ASCII.GetBytes(Name, request);
        MemoryMarshal.Write(request[NameBytes..], TunWithoutHeader);
        ThrowIfFailed(Native.Control(handle, Native.SetInterface, request));
        return handle;
    }

    private static int ThrowIfFailed(nint result) =>
        result >= 0 ? (int)result : throw new Win32Exception(Marshal.GetLastPInvokeError());
}
