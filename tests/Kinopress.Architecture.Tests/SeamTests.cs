using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 9: an interface only where a second implementation ships. And the world outside is met in few places.</summary>
public sealed class SeamTests
{
    private static readonly Dictionary<string, string> Interfaces = new(StringComparer.Ordinal)
    {
        ["Kinopress.Core.Features.Chat.IChatRelay"] = "One node has nobody to tell; several tell each other by Redis.",
        ["Kinopress.Core.Foundation.IProcessRunner"] = "Tests stand in for ffmpeg; remote workers will.",
        ["Kinopress.Core.Jobs.IJobClaim"] = "SQLite and PostgreSQL claim differently.",
        ["Kinopress.Core.Storage.IBlobStore"] = "Disk today; object storage is the second.",
    };

    // Who may touch files. Everything else goes through these.
    private static readonly Dictionary<string, string> FileRooms = new(StringComparer.Ordinal)
    {
        ["Kinopress.Core.Features.Renditions.MediaProbe"] = "Reads the end of a file before ffprobe does.",
        ["Kinopress.Core.Features.Renditions.VideoPictures"] = "Hashes a picture before it is stored.",
        ["Kinopress.Core.Foundation.DataFolder"] = "Makes the folders.",
        ["Kinopress.Core.Jobs.NodeIdentity"] = "One small file beside the keys.",
        ["Kinopress.Core.Storage.DiskBlobStore"] = "The store.",
        ["Kinopress.Core.Storage.DiskErrors"] = "Free space.",
        ["Kinopress.Core.Storage.FileCopy"] = "Sends pieces of files.",
        ["Kinopress.Core.Storage.RecordingFile"] = "A recording while it grows.",
        ["Kinopress.Core.Storage.RecordingFiles"] = "Recordings of lives on air.",
        ["Kinopress.Core.Storage.UploadFiles"] = "Unfinished uploads.",
        ["Kinopress.Core.Storage.WorkFolder"] = "Scratch folders.",
        ["Kinopress.Core.Storage.WorkSpace"] = "Scratch files.",
        ["Kinopress.Server.Host.DataLock"] = "The lock file of the data folder.",
        ["Kinopress.Server.Host.KinopressHost"] = "Names the folder of the data protection keys.",
        ["Kinopress.Server.Worker.OrphanedPrograms"] = "Reads command lines under /proc.",
        ["Kinopress.Themes.ThemeLayer"] = "Reads themes from a folder.",
    };

    private static readonly Dictionary<string, string> ProcessRooms = new(StringComparer.Ordinal)
    {
        ["Kinopress.Core.Foundation.ProcessRunner"] = "The runner.",
        ["Kinopress.Server.Worker.OrphanedPrograms"] = "Ends encoders that outlived a killed server.",
    };

    [Fact]
    public void Interfaces_have_a_second_implementation() =>
        Expect.OnlyExempt(
            "An interface without a second implementation:",
            Rooms.All.SelectMany(pair => pair.Room.GetTypes()).Where(type => type.IsInterface).Select(type => type.FullName ?? type.Name),
            Interfaces);

    [Fact]
    public void Files_are_touched_only_in_their_rooms() =>
        Expect.OnlyExempt("Files are touched outside their rooms:", Rooms.All.SelectMany(pair => TouchFiles(TypeUses.Of(pair.Room))), FileRooms);

    [Fact]
    public void Programs_are_started_only_by_the_runner() =>
        Expect.OnlyExempt(
            "A program is started or ended outside the runner:",
            Rooms.All.SelectMany(pair => TypeUses.Of(pair.Room).Uses)
                .Where(use => use.To == "System.Diagnostics.Process" || use.To.StartsWith("CliWrap.", StringComparison.Ordinal))
                .Select(use => use.From),
            ProcessRooms);

    [Fact]
    public void No_one_makes_an_http_client() =>
        Expect.None(
            "An HttpClient is made by hand, without the policy that guards against requests to inner networks:",
            Rooms.All.SelectMany(pair => TypeUses.Of(pair.Room).Calls).Where(call => call is { Type: "System.Net.Http.HttpClient", Method: ".ctor" }).Select(call => call.From));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Contains("Kinopress.Architecture.Tests.Samples.FileReader", TouchFiles(TypeUses.Of(Rooms.Samples)));
        Assert.DoesNotContain("Kinopress.Architecture.Tests.SeamTests", TouchFiles(TypeUses.Of(Rooms.Samples)));
    }

    private static IEnumerable<string> TouchFiles(TypeUses uses) => uses.Calls
        .Where(call => call.Type is "System.IO.File" or "System.IO.Directory" or "System.IO.FileStream" or "System.IO.FileInfo" or "System.IO.DirectoryInfo" or "System.IO.DriveInfo")
        .Select(call => call.From);
}
