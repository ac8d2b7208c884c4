using Kinopress.Core.Foundation;

namespace Kinopress.Server.Host;

/// <summary>One server to a data folder. The system lets go of the lock when the process ends, however it ends.</summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <exception cref="StartFailedException">Another server is using the folder.</exception>
    public static DataLock Take(DataFolder folder)
    {
        try
        {
            return new DataLock(new FileStream(Path.Combine(folder.Root, "kinopress.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new StartFailedException($"Kinopress is already running with the data folder {folder.Root}.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>The site cannot start for a reason its owner can mend; the message says how.</summary>
internal sealed class StartFailedException(string message, Exception? inner) : Exception(message, inner);
