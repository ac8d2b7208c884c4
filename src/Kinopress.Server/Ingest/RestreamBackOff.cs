using System.Security.Cryptography;

namespace Kinopress.Server.Ingest;

/// <summary>How long to wait before a service is tried again: 2, 4, 8 … 60 seconds, a little more or less, anew after a minute that went well. One caller at a time.</summary>
internal sealed class RestreamBackOff
{
    private const int First = 2;
    private const int Longest = 60;
    private const int JitterInPercent = 20;

    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(60);

    private int _seconds = First;

    /// <param name="lasted">How long the last connection took what was sent.</param>
    public TimeSpan Next(TimeSpan lasted)
    {
        _seconds = lasted >= Healthy ? First : _seconds;
        var pause = TimeSpan.FromSeconds(_seconds) * (1 + (RandomNumberGenerator.GetInt32(-JitterInPercent, JitterInPercent + 1) / 100d));
        _seconds = Math.Min(Longest, _seconds * 2);
        return pause;
    }
}
