namespace Kinopress.Media.Bitstreams;

internal static class PictureSize
{
    private const int MaxSide = 16384;

    public static bool IsPossible(long width, long height) => width is > 0 and <= MaxSide && height is > 0 and <= MaxSide;
}
