/// The answers to the calls of a `batch`, in the order of the calls. Follows protocol document 02, section 4.18.
struct BatchAnswer<Body: Decodable & Sendable>: Decodable, Sendable {
    let results: [BatchResult<Body>]
}

/// The answer to one call of a batch.
enum BatchResult<Body: Decodable & Sendable>: Decodable, Sendable {
    case success(Body)
    case misdirected(Misdirection)
    case failure(SwarmError)

    private enum CodingKeys: String, CodingKey {
        case code, body
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let code = try container.decode(Int.self, forKey: .code)
        switch code {
        case 200..<300:
            do {
                self = .success(try container.decode(Body.self, forKey: .body))
            } catch {
                self = .failure(
                    SwarmError(.malformedAnswer, "a part of the answer breaks the format", underlying: error))
            }
        case 421:
            self = .misdirected(Misdirection(try? container.decode(SwarmDescription.self, forKey: .body)))
        default:
            let text = (try? container.decode(String.self, forKey: .body)) ?? ""
            self = .failure(SwarmError(status: code, text: text))
        }
    }
}
