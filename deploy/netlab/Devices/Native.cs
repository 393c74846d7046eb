using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Nudge.Netlab.Devices;

/// <summary>The few calls of Linux that .NET does not have.</summary>
internal static partial class Native
{
    internal const int NetworkNamespace = 0x40000000;
    internal const nuint SetInterface = 0x400454CA;
    internal const short Readable = 1;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int EnterNamespace(SafeFileHandle handle, int kind);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle handle, nuint request, Span<byte> argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    // .NET's own reading takes a TUN device for one that can seek, and fails.
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeFileHandle handle, Span<byte> buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeFileHandle handle, ReadOnlySpan<byte> buffer, nuint bytes);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        internal int Handle;
        internal short Events;
        internal short Returned;
    }
}
