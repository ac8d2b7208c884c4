using System.Diagnostics;

namespace Kinopress.Testing;

/// <summary>Films made by ffmpeg when first asked for and kept in the temporary folder. A test that needs one is skipped where ffmpeg is missing.</summary>
public static class SampleFilms
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "kinopress-samples")).FullName;

    /// <summary>6 s of 640×360 H.264 and AAC: browsers play it as it is.</summary>
    public static Task<string> ShortAsync() => MakeAsync(
        "short.mp4", "-f lavfi -i testsrc2=size=640x360:rate=30 -f lavfi -i sine=440:sample_rate=48000 -t 6 -c:v libx264 -preset ultrafast -g 60 -pix_fmt yuv420p -c:a aac -movflags +faststart");

    /// <summary>20 s of 1280×720 H.264 and AAC: enough work to interrupt.</summary>
    public static Task<string> LongerAsync() => MakeAsync(
        "longer.mp4", "-f lavfi -i testsrc2=size=1280x720:rate=30 -f lavfi -i sine=440:sample_rate=48000 -t 20 -c:v libx264 -preset ultrafast -g 60 -pix_fmt yuv420p -c:a aac -movflags +faststart");

    /// <summary>4 s of MPEG-4 part 2 in AVI: nothing in it plays in a browser.</summary>
    public static Task<string> AviAsync() => MakeAsync(
        "old.avi", "-f lavfi -i testsrc2=size=320x240:rate=25 -f lavfi -i sine=440 -t 4 -c:v mpeg4 -c:a mp3");

    /// <param name="options">Everything between ffmpeg's own options and the output.</param>
    public static async Task<string> MakeAsync(string name, string options)
    {
        var path = Path.Combine(Folder, name);
        await Turn.WaitAsync();
        try
        {
            if (!File.Exists(path))
            {
                var unfinished = Path.Combine(Folder, "unfinished-" + name);
                using var ffmpeg = Process.Start("ffmpeg", $"-v error -y {options} {unfinished}");
                await ffmpeg.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
                File.Move(unfinished, path, overwrite: true);
            }
        }
        finally
        {
            Turn.Release();
        }

        return path;
    }
}
