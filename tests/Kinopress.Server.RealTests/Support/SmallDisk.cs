namespace Kinopress.Server.RealTests.Support;

/// <summary>A disk of a few megabytes in memory, and a file to fill it with. Root on Linux only.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Step = 64 * 1024;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Tools.NeedRootOnLinux();
        var path = Directory.CreateTempSubdirectory("kinopress-disk-").FullName;
        var (exitCode, _, error) = await Tools.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "kinopress-test", path);
        if (exitCode != 0)
        {
            Directory.Delete(path);
            Assert.Skip($"cannot mount a small disk: {error.Trim()}");
        }

        return new SmallDisk(path);
    }

    /// <summary>Fills the disk until this many bytes are left.</summary>
    public void Fill(long leaving)
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[Step];
        try
        {
            while (new DriveInfo(Path).AvailableFreeSpace is var free && free >= leaving + Step)
            {
                filler.Write(block);
            }
        }
        catch (IOException) when (new DriveInfo(Path).AvailableFreeSpace < leaving + Step)
        {
            // The server took the last bytes in between: the disk is as full as it should be.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Tools.RunAsync("umount", "--lazy", Path);
        Directory.Delete(Path);
    }
}
