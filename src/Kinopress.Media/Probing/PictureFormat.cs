namespace Kinopress.Media.Probing;

/// <summary>Kinds of picture files that can be read.</summary>
public enum PictureFormat
{
    Png,

    /// <summary>PNG with several pictures.</summary>
    Apng,

    Gif,
    Jpeg,
    WebP,
    Avif,
}
