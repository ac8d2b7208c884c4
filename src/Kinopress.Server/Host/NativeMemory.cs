using System.Runtime.InteropServices;

namespace Kinopress.Server.Host;

/// <summary>Memory below .NET: what the database, the encryption and the compiler allocate.</summary>
internal static class NativeMemory
{
    /// <summary>Hands back what is free, which the C library keeps otherwise. Does nothing where it is not glibc.</summary>
    public static void GiveBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl keeps little and has no such call.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}
