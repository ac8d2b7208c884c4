namespace Kinopress.Media.Probing;

/// <summary>The arguments of ffprobe that <see cref="FfprobeOutput"/> understands.</summary>
public static class FfprobeCommand
{
    /// <param name="inputPath">A local file. It is opened as a file and nothing else, however it is named.</param>
    /// <returns>Arguments without the program's name. ffprobe exits non-zero on refusal and still prints JSON.</returns>
    public static IReadOnlyList<string> Arguments(string inputPath) =>
    [
        "-hide_banner",
        "-v", "warning",
        "-print_format", "json=compact=1",
        "-show_error",
        "-show_format",
        "-show_streams",
        .. FfmpegInput.Arguments(inputPath),
    ];
}
