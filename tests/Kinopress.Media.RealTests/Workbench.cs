namespace Kinopress.Media.RealTests;

/// <summary>A folder that goes when the test ends, and the samples made in it.</summary>
public sealed class Workbench : IDisposable
{
    private const string Beep = "aevalsrc='if(gte(t,1),0.6*sin(2*PI*1000*t),0)':s=48000:d=6";

    public Workbench() => Folder = Directory.CreateTempSubdirectory("kinopress-media-").FullName;

    public string Folder { get; }

    public static string[] Picture(string size = "320x240", string rate = "25", int seconds = 6) =>
        ["-f", "lavfi", "-i", $"testsrc2=s={size}:r={rate}:d={seconds}"];

    public static string[] Sound(string source = Beep) => ["-f", "lavfi", "-i", source];

    public static string[] H264(int gop = 25, string extra = "open-gop=0") =>
        ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", $"{gop}", "-x264-params", extra];

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public async Task<string> MakeAsync(string name, params IReadOnlyList<string> arguments)
    {
        await Tool.SucceedAsync("ffmpeg", ["-hide_banner", "-nostdin", "-v", "fatal", "-y", .. arguments, Path(name)]);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
