namespace DatasetTool.Display;

/// <summary>The images of a dataset as lines of text: index and label.</summary>
internal static class ImageTable
{
    private const int IndexWidth = 8;

    /// <summary>Writes the table, one image after the other.</summary>
    /// <returns>The number of images.</returns>
    internal static int Write(TextWriter output, IEnumerable<DisplayedImage> images)
    {
        output.WriteLine($"{"idx",IndexWidth}  label");
        int count = 0;
        foreach (DisplayedImage image in images)
        {
            using (image)
            {
                output.WriteLine($"{image.Index,IndexWidth}  {image.Label}");
            }

            count++;
        }

        return count;
    }
}
