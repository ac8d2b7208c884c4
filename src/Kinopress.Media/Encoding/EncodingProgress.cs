using Kinopress.Media.Planning;

namespace Kinopress.Media.Encoding;

/// <summary>How far a run of ffmpeg is.</summary>
/// <param name="OutTime">In the film's time: a chunk starts at its task's start, not at zero.</param>
/// <param name="Speed">Film seconds per second; null until ffmpeg knows.</param>
/// <param name="IsEnd">ffmpeg's last report. It does not say that the run succeeded; the exit code does.</param>
public sealed record EncodingProgress(TimeSpan OutTime, double? Speed, bool IsEnd)
{
    /// <summary>The share of the task that is done, from 0 to 1.</summary>
    /// <param name="filmDuration">The probed duration, for tasks that run to the end.</param>
    public double FractionOf(EncodingTask task, TimeSpan filmDuration)
    {
        if (IsEnd)
        {
            return 1;
        }

        var length = (task.End ?? filmDuration) - task.Start;
        return length <= TimeSpan.Zero ? 0 : Math.Clamp((OutTime - task.Start) / length, 0, 1);
    }
}
