import FoundationEssentials
import SessionDevnet
import SessionInterfaces

extension Network {
    /// `mainnet`, `testnet`, or the network that a `devnet.json` describes.
    /// - Throws: `ControlError`, or `DevnetError` naming the field of the file that is wrong.
    static func named(_ choice: String) throws -> Network {
        switch choice {
        case Network.mainnet.name: return .mainnet
        case Network.testnet.name: return .testnet
        default: break
        }
        let looksLikePath = choice.contains("/") || choice.hasSuffix(".json")
        guard looksLikePath || FileManager.default.fileExists(atPath: choice) else {
            throw ControlError(
                .unknownNetwork, "there is no network '\(choice)'; it is mainnet, testnet or the path of a devnet.json")
        }
        return try DevnetDescriptor(decoding: InputFile.read(choice, limit: DevnetDescriptor.fileLimit)).network
    }
}

extension DevnetDescriptor {
    /// Largest network file that is read, in bytes.
    static let fileLimit = 4 << 20
}
