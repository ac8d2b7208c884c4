using System.Runtime.InteropServices;

namespace Kinopress.Media.Fmp4;

/// <summary>A sample on its way into a fragment.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct LiveSample
{
    /// <summary>In ticks of the track.</summary>
    public long DecodeTime;

    /// <summary>In ticks of the track; zero while the next sample has not come.</summary>
    public long Duration;

    /// <summary>In ticks of the track.</summary>
    public int CompositionOffset;

    /// <summary>In bytes.</summary>
    public int Size;

    public bool IsKeyframe;

    /// <summary>The decode time in the session's media time, in units of 100 ns.</summary>
    public long Start;
}
