using WasmWizard.Delivery.Containers.Oci;
using WasmWizard.Delivery.SupplyChain;
using WasmWizard.Delivery.SupplyChain.Scan;

/// <summary>The image that was built from this tree, opened for those who look into it.</summary>
public static class ImageAtHand
{
    private const string Again = "./build.sh Image";

    /// <exception cref="SupplyDataException">There is none, with the reason why.</exception>
    /// <exception cref="ImageException">It is not whole.</exception>
    public static ImageLayout Open(AppImage image) => image.Lacks switch
    {
        { IsFault: true } fault => throw new CorruptDataException($"there is no image: {fault.Because}", fault.Fix),
        { } lack => throw new MissingDataException($"there is no image: {lack.Because}", lack.Fix),
        null when image.ImageDigest is null => throw new MissingDataException("there is no image of this tree", Again),
        null => ImageLayout.Open(image.Layout),
    };

    /// <summary>What is in it, from its own records.</summary>
    /// <exception cref="SupplyDataException">A record is missing or torn.</exception>
    /// <exception cref="ImageException">A layer is not whole.</exception>
    public static ImageContents Contents(ImageLayout layout, string version) =>
        ImageRecords.Read(layout.Digest, AppImage.Name, version, LayerReader.Files(layout, ImageRecords.Wants));
}
