import SessionCrypto
import SessionInterfaces
import SessionSwarm

@testable import SessionDevnet

/// Bodies of which a file has only the beginning and the length: how they go on follows from how they begin.
struct PeerBody {
    private let prefix: [UInt8]
    private let length: Int
    private let file: PeerFile

    init(prefix: String, length: Int, file: PeerFile) {
        self.prefix = Array(prefix.utf8)
        self.length = length
        self.file = file
    }

    /// Ways to go on; the first whose hash `isRight` is the one. Nil when the beginning is not understood.
    func completed(_ isRight: (JSONValue) -> Bool) -> [UInt8]? {
        if prefix.suffix(16).allSatisfy({ $0 == UInt8(ascii: "[") }) { return nestedLists }
        if let tokens = withTokens { return tokens }
        if let elements = withElements { return elements }
        let all = withData
        return all.first { JSONValue(decoding: $0).map(isRight) ?? false } ?? all.last
    }

    /// What closes everything that `text` opens, from the inside out.
    private func closers(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var open: [UInt8] = []
        var isInString = false
        for byte in text {
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            guard !isInString else { continue }
            switch byte {
            case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open.removeLast()
            default: break
            }
        }
        return (isInString ? [UInt8(ascii: "\"")] : []) + open.reversed()
    }

    private var nestedLists: [UInt8] {
        let head = prefix[..<((prefix.lastIndex { $0 != UInt8(ascii: "[") } ?? -1) + 1)]
        let tail = closers(head)
        let depth = max(0, (length - head.count - tail.count) / 2)
        let opening = [UInt8](repeating: UInt8(ascii: "["), count: depth)
        let closing = [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        return Array(head) + opening + closing + tail
    }

    /// A list of equal elements.
    private var withElements: [UInt8]? {
        guard let start = end(of: "\"requests\":["), let end = prefix[start...].firstRange(of: Array("}},".utf8)) else {
            return nil
        }
        let element = Array(prefix[start..<end.upperBound])
        guard prefix[start...].dropFirst(element.count).starts(with: element) else { return nil }
        let tail = closers(prefix[..<start])
        let count = (length - start - tail.count + 1) / element.count
        let elements = Array([[UInt8]](repeating: element, count: count).joined().dropLast())
        return Array(prefix[..<start]) + elements + tail
    }

    /// A list of subaccount tokens, with others in place of those that are not there, signed again.
    private var withTokens: [UInt8]? {
        let names = ["unrevoke", "revoke"]
        guard let (name, start) = names.lazy.compactMap({ name in end(of: "\"\(name)\":[").map { (name, $0) } }).first
        else { return nil }
        let tail = closers(prefix[..<start])
        let count = (length - start - tail.count + 1) / 51
        let pieces = prefix[start...].split(separator: UInt8(ascii: ",")).filter { $0.count == 50 }
        var tokens = pieces.prefix(count).compactMap {
            Base64.decode(String(decoding: $0.dropFirst().dropLast(), as: UTF8.self))
        }
        let beginning = Array(tokens.joined())
        while tokens.count < count {
            let key = BLAKE2b.hash32(beginning + [UInt8(truncatingIfNeeded: tokens.count)]).bytes
            tokens.append([3, 3, 0, 0] + key)
        }
        let list = tokens.map { "\"\(Base64.encode($0))\"" }.joined(separator: ",")
        guard case .object(var members) = JSONValue(decoding: prefix[..<start] + Array(list.utf8) + tail),
            case .object(var parameters) = members["params"],
            let signer = parameters["pubkey"]?.string.flatMap({ file.signer(of: $0) })
        else { return nil }
        let timestamp = parameters["timestamp"]?.integer ?? 0
        let signed = Array("\(name)_subaccount\(timestamp)".utf8) + tokens.joined()
        parameters["signature"] = .string(Base64.encode(signer.sign(signed)))
        members["params"] = .object(parameters)
        return JSONValue.object(members).encoded()
    }

    /// Data that repeats a block, in as many bytes as have that length in base64.
    private var withData: [[UInt8]] {
        guard let start = end(of: "\"data\":\"") else { return [] }
        let tail = closers(prefix[...])
        let text = prefix[start...]
        guard let bytes = Base64.decode(String(decoding: text.prefix(text.count / 4 * 4), as: UTF8.self)),
            !bytes.isEmpty
        else { return [] }
        let period = (1..<bytes.count).first { zip(bytes, bytes.dropFirst($0)).allSatisfy(==) } ?? bytes.count
        let characters = length - start - tail.count
        return [0, 1, 2].map { less in
            let data = (0..<max(0, characters / 4 * 3 - less)).map { bytes[$0 % period] }
            return Array(prefix[..<start]) + Array(Base64.encode(data).utf8) + tail
        }
    }

    private func end(of text: String) -> Int? { prefix.firstRange(of: Array(text.utf8))?.upperBound }
}
