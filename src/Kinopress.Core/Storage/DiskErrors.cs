namespace Kinopress.Core.Storage;

/// <summary>What the operating system says about disks.</summary>
public static class DiskErrors
{
    private const int PosixNoSpace = 28;
    private const int PosixQuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>True for ENOSPC, EDQUOT and their Windows twin.</summary>
    public static bool IsFull(IOException exception) =>
        exception is StorageFullException || exception.HResult is PosixNoSpace or PosixQuotaExceeded or WindowsDiskFull;

    /// <summary>Bytes this account may still write below the path; null when the system does not say.</summary>
    public static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
