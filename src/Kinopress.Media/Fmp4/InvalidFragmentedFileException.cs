namespace Kinopress.Media.Fmp4;

/// <summary>A file is not the fragmented MP4 it should be: cut off, damaged or another format.</summary>
public sealed class InvalidFragmentedFileException : Exception
{
    public InvalidFragmentedFileException()
    {
    }

    public InvalidFragmentedFileException(string message)
        : base(message)
    {
    }

    public InvalidFragmentedFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
